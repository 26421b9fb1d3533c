//! Codes: a country, an office, a noun for people in; the PLOVER/CAMEO actor code out.
//!
//! A code is a country and what its bearer is there: RUSGOV, UKRMIL, KENCOP. Organisations bear their own, from the books.
//!
//! **Invariant:** no code is made of less than the text or a book tells: without a role it is no more than the country.

use super::*;
use crate::library::{Office, OfficeKind};

impl Room<'_> {
    /// The code of a role in a country: `RUSGOV`, `GOV` where no country is known, `NGOKEN` for a role that goes before.
    pub(super) fn composed(&self, country: Option<&str>, role: &str) -> Option<String> {
        let country =
            country.map_or("", |country| self.library.countries.by_code(country).map_or(country, |known| known.code));
        match role.strip_suffix('~') {
            _ if role.is_empty() => None,
            Some(role) => Some(format!("{role}{country}")),
            None => Some(format!("{country}{role}")),
        }
    }

    /// The code of who holds an office, or held it.
    pub(super) fn code_of_office(&self, office: &Office) -> Option<String> {
        let now = self.date.is_empty() || office.held_on(self.date);
        if let Some(code) = office.code {
            return some(code).filter(|_| now);
        }
        let of_country = office.country == Some(office.of);
        if !of_country
            && now
            && let Some(organisation) = self.library.organisation(office.of)
            && !organisation.code.is_empty()
        {
            return some(organisation.code);
        }
        let role = match office.kind {
            OfficeKind::Family => "ELI",
            _ if !now => "ELI",
            OfficeKind::MilitaryChief => "MIL",
            OfficeKind::IntelligenceChief => "SPY",
            OfficeKind::Legislator => "LEG",
            OfficeKind::Opposition => "OPP",
            OfficeKind::Judicial => "JUD",
            OfficeKind::CompanyHead => "BUS",
            OfficeKind::ArmedGroupHead => "REB",
            OfficeKind::OrganisationHead | OfficeKind::Other => "",
            _ => "GOV",
        };
        office.country.and_then(|country| self.composed(Some(country), role))
    }

    /// The code that titles give a person: that of the first which has one.
    pub(super) fn code_of_titles(&self, titles: &[String], country: Option<&str>) -> Option<String> {
        titles.iter().find_map(|title| {
            let role = match title.strip_prefix("former ") {
                Some(_) => "ELI",
                None => self.library.role(title)?.code,
            };
            self.composed(Some(country?), role)
        })
    }

    /// Gives a code to who has none and whose role and country are told.
    pub(super) fn code_people(&mut self) {
        for at in 0..self.persons.len() {
            let Person { actor, titles, .. } = &self.persons[at];
            let known = &self.actors.all[*actor];
            if known.code.is_none() {
                let code = self.code_of_titles(titles, known.country.as_deref());
                self.actors.all[self.persons[at].actor].code = code;
            }
        }
    }

    /// The role that the last words of a run up to its head name, the longest first: "human rights activists".
    pub(super) fn role_in(&self, range: &Range<usize>, head: usize) -> Option<&crate::library::Role> {
        let from = range.start.max((head + 1).saturating_sub(5));
        (from..=head).find_map(|start| self.library.role(self.words(&(start..head + 1))))
    }
}
