"""Who may do what over HTTP: the table, the office that it is asked in, and the page that is made from it."""
