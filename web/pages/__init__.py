"""What the templates show: typed values, made from sheets, findings and rows. No request is looked at here."""
