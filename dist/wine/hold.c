/* Has a file open for a while, as an antivirus or WPS has:
 *   hold FILE SHARE SECONDS
 * SHARE is what others may do meanwhile: 0 nothing, 1 read, 3 read and write. */
#include <stdio.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
    if (count != 4) return 2;
    HANDLE file = CreateFileW(words[1], GENERIC_READ, _wtoi(words[2]), NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 1;
    puts("held");
    fflush(stdout);
    Sleep(_wtoi(words[3]) * 1000);
    return 0;
}
