//! What Windows is asked directly, since Rust's standard library knows no access
//! lists: the one file of this crate with `unsafe` code.
#![expect(unsafe_code, reason = "calls of the Windows API")]

use std::io;
use std::iter::once;
use std::mem::zeroed;
use std::os::windows::ffi::OsStrExt;
use std::path::Path;
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{ERROR_SUCCESS, GENERIC_ALL, LocalFree};
use windows_sys::Win32::Security::Authorization::{
    BuildExplicitAccessWithNameW, EXPLICIT_ACCESS_W, SE_FILE_OBJECT, SET_ACCESS, SetEntriesInAclW,
    SetNamedSecurityInfoW,
};
use windows_sys::Win32::Security::{
    ACL, DACL_SECURITY_INFORMATION, NO_INHERITANCE, PROTECTED_DACL_SECURITY_INFORMATION,
};

/// Lets nobody but this user read or write a file, whatever its folder says.
///
/// # Errors
/// The file system has no access lists, or the share lets nobody change them.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    // The name that stands for whoever runs this process.
    let user: Vec<u16> = "CURRENT_USER".encode_utf16().chain(once(0)).collect();
    let path: Vec<u16> = path.as_os_str().encode_wide().chain(once(0)).collect();
    let mut list: *mut ACL = null_mut();
    // SAFETY: both texts end in 0 and outlive the calls; all zeros is an
    // `EXPLICIT_ACCESS_W` about nobody.
    let status = unsafe {
        let mut access: EXPLICIT_ACCESS_W = zeroed();
        BuildExplicitAccessWithNameW(
            &raw mut access,
            user.as_ptr(),
            GENERIC_ALL,
            SET_ACCESS,
            NO_INHERITANCE,
        );
        SetEntriesInAclW(1, &raw const access, null(), &raw mut list)
    };
    told(status)?;
    let what = DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
    // SAFETY: the path ends in 0; `list` is the one that was just made, and is
    // let go once and not used after that.
    let status = unsafe {
        let no_owner = null_mut();
        let no_group = null_mut();
        let status = SetNamedSecurityInfoW(
            path.as_ptr(),
            SE_FILE_OBJECT,
            what,
            no_owner,
            no_group,
            list,
            null(),
        );
        LocalFree(list.cast());
        status
    };
    told(status)
}

fn told(status: u32) -> io::Result<()> {
    match status {
        ERROR_SUCCESS => Ok(()),
        status => Err(io::Error::from_raw_os_error(status.cast_signed())),
    }
}
