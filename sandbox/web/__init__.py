"""A simulated web: what lies behind https links, reached through a proxy as a company has one.

A program is led here by `HTTPS_PROXY` and trusts it by `SSL_CERT_FILE`, so that it asks for the
addresses that it was given, over TLS, and nothing leaves the machine.
"""

from sandbox.web import files
from sandbox.web.answers import Answer
from sandbox.web.simulator import WebSimulator

__all__ = ["Answer", "WebSimulator", "files"]
