"""The panel “Back stage”: shows what happens behind the conversation, and breaks it on request.

`state` is what the panel shows, pure. `call_log` is its list of calls to IACrea. `fault_buttons` is
what can be made to go wrong. `components` is everything that runs. `routes` is the wire. `static/`
is the panel itself, which stands beside the workspace's own page, and the tour.
"""

from sandbox.demo.panel.routes import Panel

__all__ = ["Panel"]
