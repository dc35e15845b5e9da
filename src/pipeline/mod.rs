//! The stages joined: a session that runs them again and again, and the writer of their outputs.
