"""Tables that people bring: workbooks and comma separated text, read into rows of cells."""
