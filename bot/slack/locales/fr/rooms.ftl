# Ce que montre une séquence selon IACrea, en mots simples.
room-LIVING_ROOM = Salon
room-BEDROOM = Chambre
room-BATHROOM = Salle de bain
room-SHOWEROOM = Salle d'eau
room-HOME_OFFICE = Bureau
room-EMPTY = Pièce vide
room-VERANDA = Véranda
room-KITCHEN = Cuisine
room-DINING_ROOM = Salle à manger
room-DINING = Salle à manger
room-KIDS_ROOM = Chambre d'enfant
room-KIDS = Chambre d'enfant
room-OUTDOOR = Extérieur
