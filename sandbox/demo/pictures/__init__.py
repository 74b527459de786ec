"""Pictures that move: drawn rooms for the sequences of the demo's videos, and films of them.

`shapes`, `interiors` and `outdoors` draw rooms in layers; `effects` moves the layers; `pictures`
makes photos and clips of both; `film` is the page that plays a video; `routes` serves it all.
"""

from sandbox.demo.pictures.routes import PictureRoutes

__all__ = ["PictureRoutes"]
