"""Every widget of the shop in every state on one page: what is changed is seen at once, and axe reads all of it.

For those who build; an installation that sells has no such address (`SHOW_GALLERY`).
"""
