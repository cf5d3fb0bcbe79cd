"""What a price book is made of: rules, floors, what is sold to some only, prices elsewhere."""
