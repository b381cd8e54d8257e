"""Everything a seating plan knows by itself: file formats, geometry, neighbours, best places, the drawn map.

Pure functions over plain data: no database, no request, no clock. Models keep the results, surfaces show them.
"""
