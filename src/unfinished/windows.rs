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
    BuildExplicitAccessWithNameW, EXPLICIT_ACCESS_W, SET_ACCESS, SetEntriesInAclW,
};
use windows_sys::Win32::Security::{
    ACL, DACL_SECURITY_INFORMATION, InitializeSecurityDescriptor, NO_INHERITANCE,
    PROTECTED_DACL_SECURITY_INFORMATION, SE_DACL_PROTECTED, SECURITY_DESCRIPTOR, SetFileSecurityW,
    SetSecurityDescriptorControl, SetSecurityDescriptorDacl,
};

/// `SECURITY_DESCRIPTOR_REVISION`.
const REVISION: u32 = 1;

/// Lets nobody but this user read or write a file, whatever its folder says.
///
/// # Errors
/// The file system has no access lists, or the share lets nobody change them.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    let path: Vec<u16> = path.as_os_str().encode_wide().chain(once(0)).collect();
    let list = this_user_alone()?;
    // SAFETY: the path ends in 0; all zeros is a descriptor that is yet to be
    // initialised, it is used where it stands, and `list` outlives it.
    let done = unsafe {
        let mut descriptor: SECURITY_DESCRIPTOR = zeroed();
        let it = (&raw mut descriptor).cast();
        InitializeSecurityDescriptor(it, REVISION) != 0
            && SetSecurityDescriptorDacl(it, 1, list, 0) != 0
            && SetSecurityDescriptorControl(it, SE_DACL_PROTECTED, SE_DACL_PROTECTED) != 0
            && SetFileSecurityW(
                path.as_ptr(),
                DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                it,
            ) != 0
    };
    let error = io::Error::last_os_error();
    // SAFETY: it was made for us, and nobody has it any more.
    unsafe { LocalFree(list.cast()) };
    if done { Ok(()) } else { Err(error) }
}

/// An access list that gives this user everything and nobody else anything, to be
/// let go with `LocalFree`.
fn this_user_alone() -> io::Result<*mut ACL> {
    // The name that stands for whoever runs this process.
    let user: Vec<u16> = "CURRENT_USER".encode_utf16().chain(once(0)).collect();
    let mut list: *mut ACL = null_mut();
    // SAFETY: the name ends in 0 and outlives the calls; all zeros is an
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
    match status {
        ERROR_SUCCESS => Ok(list),
        status => Err(io::Error::from_raw_os_error(status.cast_signed())),
    }
}
