"""Everything the program says to a person outside of templates, in Japanese, once.

Constants where nothing varies, functions where something does. Sections follow the packages.
"""
