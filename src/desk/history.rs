//! What was mended, in order, to be undone and redone. Nothing is ever lost of it:
//! who mends another cell after undoing some finds what was undone further back.

use accolade::cell::CellRef;

/// A cell and what it said before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edited {
    pub cell: CellRef,
    pub was: String,
    pub now: String,
}

/// What was mended at once.
pub(super) type Act = Vec<Edited>;

/// All acts, and how many of them hold.
#[derive(Debug, Default)]
pub(super) struct History {
    acts: Vec<Act>,
    done: usize,
}

impl History {
    /// Notes an act. What was undone before it is kept as undone by acts.
    pub(super) fn note(&mut self, act: Act) {
        let undone: Vec<Act> = self.acts[self.done..].iter().rev().map(inverse).collect();
        self.acts.extend(undone);
        self.acts.push(act);
        self.done = self.acts.len();
    }

    /// What is to be done to undo the last act that holds.
    pub(super) fn undo(&self) -> Option<Act> {
        self.acts[..self.done].last().map(inverse)
    }

    /// What is to be done to redo the first act that does not.
    pub(super) fn redo(&self) -> Option<Act> {
        self.acts.get(self.done).cloned()
    }

    /// Notes that the last act was undone.
    pub(super) fn undone(&mut self) {
        self.done = self.done.saturating_sub(1);
    }

    /// Notes that the next act was redone.
    pub(super) fn redone(&mut self) {
        self.done = (self.done + 1).min(self.acts.len());
    }
}

fn inverse(act: &Act) -> Act {
    let edits = act.iter().rev().map(|edit| Edited {
        cell: edit.cell.clone(),
        was: edit.now.clone(),
        now: edit.was.clone(),
    });
    edits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(was: &str, now: &str) -> Act {
        let cell = CellRef::parse("奖!A1").unwrap();
        vec![Edited { cell, was: was.into(), now: now.into() }]
    }

    #[test]
    fn an_act_after_undoing_loses_nothing() {
        let mut history = History::default();
        history.note(act("甲", "乙"));
        history.note(act("乙", "丙"));
        assert_eq!(history.undo(), Some(act("丙", "乙")));
        history.undone();
        assert_eq!(history.redo(), Some(act("乙", "丙")));
        history.note(act("乙", "丁"));
        assert_eq!(history.redo(), None);
        // Back through all that the cell ever said.
        let mut says = vec!["丁".to_owned()];
        while let Some(undo) = history.undo() {
            assert_eq!(undo[0].was, *says.last().unwrap());
            says.push(undo[0].now.clone());
            history.undone();
        }
        assert_eq!(says, ["丁", "乙", "丙", "乙", "甲"]);
    }
}
