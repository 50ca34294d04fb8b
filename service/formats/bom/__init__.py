"""Bills of materials: template, reader, what is wrong with them, marked in their own file."""
