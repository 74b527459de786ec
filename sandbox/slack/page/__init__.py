"""Shows the workspace in a browser, and does there what its people click and type.

    slack = SlackSimulator(read_manifest(path))
    await slack.start(port=4000, extra_routes=Page(slack).routes())

`state` is what one person sees, pure. `mrkdwn` and `texts` read markup into trees of nodes, so that
nothing a message says ever reaches the browser as HTML. `actions` does what was clicked and typed.
`routes` is the wire. The page itself is plain HTML, CSS and JavaScript in `static/`.
"""

from sandbox.slack.page.routes import Page

__all__ = ["Page"]
