"""Draws what the demo's videos show: rooms as photos, as clips that move, and as final videos.

`shapes`, `interiors` and `outdoors` draw rooms in layers; `effects` moves the layers; `svg` makes
photos and clips of both; `final_video` is the page that plays one; `routes` serves it all.
"""

from sandbox.demo.pictures.routes import PictureRoutes

__all__ = ["PictureRoutes"]
