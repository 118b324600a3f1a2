"""Survey campaigns: made, put to enterprises, answered, counted."""
