# What IACrea says a sequence shows, in plain words. What people may type for it: domain/rooms.py.
room-LIVING_ROOM = Living room
room-BEDROOM = Bedroom
room-BATHROOM = Bathroom
room-SHOWEROOM = Shower room
room-HOME_OFFICE = Home office
room-EMPTY = Empty room
room-VERANDA = Veranda
room-KITCHEN = Kitchen
room-DINING_ROOM = Dining room
room-DINING = Dining room
room-KIDS_ROOM = Kids room
room-KIDS = Kids room
room-OUTDOOR = Outside
