"""What the models of incidents/language are trained on, and with."""
