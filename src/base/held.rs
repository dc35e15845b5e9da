//! A value that is kept until it is let go of; from then on it is there for as long as somebody else holds on to it,
//! and made anew when it is asked for after that.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// A value that can be had again.
#[derive(Debug)]
pub struct Held<T>(Mutex<State<T>>);

#[derive(Debug)]
enum State<T> {
    /// Nobody has asked for it yet.
    Unmade,
    Kept(Arc<T>),
    LetGo(Weak<T>),
}

impl<T> Held<T> {
    /// A value that is kept.
    pub fn kept(value: Arc<T>) -> Self {
        Self(Mutex::new(State::Kept(value)))
    }

    /// A value that is made when it is first asked for, and kept.
    pub fn unmade() -> Self {
        Self(Mutex::new(State::Unmade))
    }

    /// A value that is made whenever nobody has it.
    pub fn gone() -> Self {
        Self(Mutex::new(State::LetGo(Weak::new())))
    }

    /// The value, made anew if it is not there. What was let go of is not kept again.
    pub fn get_or(&self, make: impl FnOnce() -> Arc<T>) -> Arc<T> {
        let mut state = self.state();
        match &mut *state {
            State::Kept(kept) => Arc::clone(kept),
            State::Unmade => {
                let made = make();
                *state = State::Kept(Arc::clone(&made));
                made
            }
            State::LetGo(left) => left.upgrade().unwrap_or_else(|| {
                let made = make();
                *left = Arc::downgrade(&made);
                made
            }),
        }
    }

    /// Leaves it to those who hold on to it.
    pub fn let_go(&self) {
        let mut state = self.state();
        let left = match &*state {
            State::Kept(kept) => Arc::downgrade(kept),
            State::Unmade => Weak::new(),
            State::LetGo(left) => Weak::clone(left),
        };
        *state = State::LetGo(left);
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A clone begins as the value stands: kept, or not there.
impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        Self(Mutex::new(match &*self.state() {
            State::Unmade => State::Unmade,
            State::Kept(kept) => State::Kept(Arc::clone(kept)),
            State::LetGo(left) => State::LetGo(Weak::clone(left)),
        }))
    }
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self::unmade()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_value_is_made_when_it_is_not_there_and_only_then() {
        let n_made = Cell::new(0);
        let make = || {
            n_made.set(n_made.get() + 1);
            Arc::new(n_made.get())
        };
        let held = Held::unmade();
        assert_eq!([*held.get_or(make), *held.get_or(make)], [1, 1], "kept");
        let borrowed = held.get_or(make);
        held.let_go();
        assert_eq!(*held.get_or(make), 1, "somebody has it");
        drop(borrowed);
        let first = *held.get_or(make);
        let second = *held.get_or(make);
        assert_eq!((first, second), (2, 3), "nobody has it");
        let (one, other) = (held.get_or(make), held.get_or(make));
        assert!(Arc::ptr_eq(&one, &other));
        assert_eq!(*Held::kept(Arc::new(7)).get_or(make), 7);
        assert_eq!(*Held::gone().get_or(make), 5);
    }
}
