# Effects: what people call them, and (.also) what else they may type. Source of the names: IACrea's
# page on `animationType`.
effect-CAMERA_PUSH_IN = push in
    .also = zoom in
effect-CAMERA_PUSH_OUT = push out
    .also = zoom out
effect-CAMERA_MOVE_RIGHT = move right
effect-CAMERA_CRANE_UP = crane up
    .also = move up
effect-CAMERA_ORBIT_LEFT = orbit left
    .also = rotate left
effect-AUTO_EFFECTS = auto
    .also = automatic, auto effects
effect-AUTO_REVERSE = auto reverse
    .also = reverse

effects-camera = Camera movements
effects-automatic = Automatic
effects-other = Others

# $list is `2`, `2 and 3`; $total how many the video has.
sequences = { $count ->
    [one] sequence { $list }
   *[other] sequences { $list }
}
# A sequence that has a name, or of which IACrea says what it shows: `2 · Kitchen`.
sequence-room = { $position } · { $room }
sequences-many = { $total ->
    [0] { $count } sequences
   *[other] { $count } of { $total } sequences
}
sequences-of = { $count ->
    [one] sequence { $list } of { $total }
   *[other] sequences { $list } of { $total }
}

duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-both = { $minutes } min { $seconds } s

video = Video { $video }

# The text that screen readers and phones have instead of what is seen: labels of what can be
# pressed, a picture beside words, and where the rest is of what would be too long.
text-buttons = Buttons: { $labels }
text-picture = Picture: { $picture }
text-pictured = { $picture }: { $words }
text-more = … There is more in the message itself.
