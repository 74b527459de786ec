# Names of videos.
name-title = Name this video
name-label = Name
name-hint = Letters, digits, - _ and . ; up to 40. Everybody here can use it.
name-submit = Save
name-done = { $video } is called { $name } already. For example: { $example }
name-given = 🏷️ { $who } has named video { $video }: it is called { $name } from now on. For example: { $example }
name-changed = 🏷️ { $who } has given video { $video } another name: it is called { $name } from now on, and no longer { $old }. For example: { $example }
name-not-kept = I could not keep the name. Try again in a minute.
name-sequences-title = Name sequences
name-sequence-label = Sequence { $position }
name-sequences-hint = Letters, digits, - _ and . ; up to 40. Everybody here can use them. Empty takes a name away.
name-sequences-given = 🏷️ { $who } has named sequences of video { $video }: { $list }. For example: { $example }
name-sequences-taken = 🏷️ { $who } has taken names of sequences of video { $video } away.
