"""Back stage: what happens behind the conversation, and how to break it.

`entities` is what is seen there, pure; `mishaps` is what can be made to go wrong; `routes` is the
wire; `static/` is the pane, which stands beside the workspace's own page, and the tour.
"""

from sandbox.demo.panel.routes import Panel

__all__ = ["Panel"]
