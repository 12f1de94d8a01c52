//! Which entrants strain a template most.

use std::collections::BTreeSet;

use super::engine::Press;
use crate::plan::Plan;
use crate::roster::Entrant;

impl Press {
    /// Of these entrants, those whose documents strain a template most: the longest
    /// project, organization and list of members, and the character in the fewest
    /// fonts, each once, in the roster's order.
    pub(crate) fn worst_cases(&self, plan: &Plan<'_>, among: &[usize]) -> Vec<usize> {
        let roster = plan.roster;
        let rarity = |character| self.fonts().lacking(character);
        let length =
            |members: &[String]| members.iter().map(|it| it.chars().count()).sum::<usize>();
        let rarest = |entrant: &Entrant| {
            let texts =
                [&entrant.project, &entrant.organization].into_iter().chain(&entrant.members);
            texts.flat_map(|text| text.chars()).map(&rarity).max().unwrap_or_default()
        };
        let most = |measure: &dyn Fn(&Entrant) -> usize| {
            let measured = among.iter().copied().rev();
            measured.max_by_key(|&index| measure(&roster.entrants[index]))
        };
        let worst = [
            most(&|entrant| entrant.project.chars().count()),
            most(&|entrant| entrant.organization.chars().count()),
            most(&|entrant| length(&entrant.members)),
            most(&rarest),
        ];
        worst.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }
}
