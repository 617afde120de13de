"""Samspil's door into Creme CRM: JSON over Creme's own models, querysets and credentials.

Nothing here can do more than the signed-in user can do in Creme's own pages.
"""

__version__ = "1.0.0"
