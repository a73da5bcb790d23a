//! The Landlock layers: which files can be opened, and that no TCP and no signal leaves this
//! process.

use std::path::PathBuf;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, LandlockStatus, RestrictionStatus, Ruleset,
    RulesetAttr as _, RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, make_bitflags,
    path_beneath_rules,
};
use watshop_protocol::page::{FolderAccess, Layer};

use super::SandboxPlan;

/// The newest ABI that this was tested with. The additions of a newer one are not requested. An
/// older kernel gives as much as it has.
const TRIED: ABI = ABI::V7;

const FILES: &str = "landlock_files";
const NETWORK: &str = "landlock_network";
const SIGNALS: &str = "landlock_signals";

/// Enters as much of Landlock as the kernel has.
pub fn enter(plan: &SandboxPlan) -> Vec<Layer> {
    let status = match restrict(plan) {
        Ok(status) if status.ruleset != RulesetStatus::NotEnforced => status.landlock,
        Ok(status) => return none(&why_not(status.landlock)),
        Err(error) => return none(&say!("{error}")),
    };
    let LandlockStatus::Available { effective_abi, .. } = status else {
        return none(&why_not(status));
    };
    let since = |there: bool, what: &str| {
        there
            .then_some(())
            .ok_or_else(|| say!("the kernel's Landlock (version {effective_abi}) has no {what}"))
    };
    vec![
        Layer::new(FILES, Ok(())),
        Layer::new(
            NETWORK,
            since(!AccessNet::from_all(effective_abi).is_empty(), "rules for TCP yet"),
        ),
        Layer::new(
            SIGNALS,
            since(!Scope::from_all(effective_abi).is_empty(), "scope for signals yet"),
        ),
    ]
}

fn restrict(plan: &SandboxPlan) -> Result<RestrictionStatus, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(TRIED))?
        .handle_access(AccessNet::from_all(TRIED))?
        .scope(Scope::from_all(TRIED))?
        .create()?
        // A folder or file that does not exist is skipped. The attempt to read it will report that.
        .add_rules(path_beneath_rules(&plan.readable, AccessFs::ReadFile))?
        .add_rules(path_beneath_rules(folders(plan, FolderAccess::Read), READING))?
        .add_rules(path_beneath_rules(folders(plan, FolderAccess::Write), READING | WRITING))?
        .add_rules(path_beneath_rules(folders(plan, FolderAccess::Create), CREATING))?
        .restrict_self()
}

/// The work of a program in a folder.
const READING: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | ReadDir});

/// Its work besides in one whose files can be written.
const WRITING: BitFlags<AccessFs> = make_bitflags!(AccessFs::{WriteFile | Truncate});

/// Its work in one in which all can be changed: no devices, sockets or FIFOs are made.
const CREATING: BitFlags<AccessFs> = make_bitflags!(AccessFs::{
    ReadFile | ReadDir | WriteFile | Truncate | Refer | RemoveDir | RemoveFile | MakeDir | MakeReg
    | MakeSym
});

fn folders(plan: &SandboxPlan, access: FolderAccess) -> impl Iterator<Item = &PathBuf> {
    let these = plan.folders.iter().filter(move |folder| folder.access == access);
    these.map(|folder| &folder.host)
}

fn why_not(status: LandlockStatus) -> Sentence {
    match status {
        LandlockStatus::NotImplemented => {
            say!("the kernel has no Landlock; Linux 5.13 is the first")
        }
        LandlockStatus::NotEnabled => {
            say!("Landlock is not switched on (`lsm=` of the kernel)")
        }
        LandlockStatus::Available { effective_abi, .. } => {
            say!("the kernel's Landlock (version {effective_abi}) enforced nothing")
        }
    }
}

fn none(why: &Sentence) -> Vec<Layer> {
    [FILES, NETWORK, SIGNALS].map(|name| Layer::new(name, Err(why.clone()))).into()
}
