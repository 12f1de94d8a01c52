//! Documents of one kind → the parts of a volume, in the order they are handed
//! out.

use super::filename;
use super::whole::Plan;
use crate::contest::pattern::Placeholder;
use crate::contest::{self, VolumeOrder};
use crate::roster::Entrant;

/// A part of a volume: one file of many documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Index of its definition in [`Contest::volumes`](contest::Contest).
    pub(crate) definition: usize,
    /// Which part it is, from 1.
    pub(crate) part: usize,
    /// How many parts there are.
    pub(crate) parts: usize,
    /// Its path in the package.
    pub(crate) path: String,
    /// Indices of its documents in [`Plan::documents`], in its order.
    pub(crate) documents: Vec<usize>,
}

impl Plan<'_> {
    /// The parts of every volume that is wanted and has documents in the plan.
    /// What is bound is in the package by itself, too, so a volume prints no
    /// number that nobody has.
    pub(crate) fn volumes(&self) -> Vec<Volume> {
        let mut taken = filename::Taken::default();
        let mut volumes = Vec::new();
        for &index in &self.volumes {
            let definition = &self.contest.volumes[index];
            let documents = self.bound(definition);
            let of = &self.contest.documents[definition.of];
            let size = (definition.pages / of.pages.unwrap_or(1).max(1)).max(1);
            let parts = documents.chunks(size);
            let count = parts.len();
            for (part, documents) in (1..).zip(parts) {
                let path = definition.path.fill(|placeholder| match placeholder {
                    Placeholder::Part => format!("{part:02}"),
                    _ => String::new(),
                });
                volumes.push(Volume {
                    definition: index,
                    part,
                    parts: count,
                    path: taken.unique_but(&filename::path(&path), &self.taken),
                    documents: documents.to_vec(),
                });
            }
        }
        volumes
    }

    /// What `contest.toml` says of a volume.
    pub(crate) fn definition(&self, volume: &Volume) -> &contest::VolumeKind {
        &self.contest.volumes[volume.definition]
    }

    fn bound(&self, definition: &contest::VolumeKind) -> Vec<usize> {
        let documents = self.documents.iter().enumerate();
        let mut bound: Vec<usize> = documents
            .filter(|(_, document)| document.kind == definition.of)
            .map(|(index, _)| index)
            .collect();
        // The same for all documents that are about many entrants.
        let standing = |index: usize| {
            self.only(&self.documents[index]).map_or((0, 0), |entrant| self.standing(entrant))
        };
        // Sorting keeps what is alike in the sheet's order.
        match definition.order {
            VolumeOrder::Sheet => {}
            VolumeOrder::LowestFirst => bound.sort_by_cached_key(|&index| {
                let (rank, group) = standing(index);
                (std::cmp::Reverse(rank), group)
            }),
            VolumeOrder::HighestFirst => {
                bound.sort_by_cached_key(|&index| standing(index));
            }
        }
        bound
    }

    /// The rank of an entrant's award and the position of the group.
    pub(crate) fn standing(&self, entrant: &Entrant) -> (usize, usize) {
        let group = self.contest.groups.iter().position(|group| group.name == entrant.group);
        (
            self.contest.award(&entrant.award).map_or(0, |award| award.rank),
            group.unwrap_or_default(),
        )
    }
}
