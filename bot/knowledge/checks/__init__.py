"""The rules of `donghanh kb check`: one a file, each over what of the folder could be read."""
