"""One drawing a file; each is given what it draws and returns a figure."""
