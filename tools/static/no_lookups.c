/* libgit2 would look up the user's home folder and the names of hosts by functions of glibc that load libraries of the
 * machine that they run on: in a static program these are another version's, or are not there. The program reads local
 * repositories only, and takes the home folder from HOME. So both answer that nothing was found. */
#include <netdb.h>
#include <pwd.h>
#include <stddef.h>

int getpwuid_r(uid_t uid, struct passwd* entry, char* buffer, size_t size, struct passwd** result) {
  (void)uid, (void)entry, (void)buffer, (void)size;
  *result = NULL;
  return 0;
}

int getaddrinfo(const char* node, const char* service, const struct addrinfo* hints, struct addrinfo** result) {
  (void)node, (void)service, (void)hints;
  *result = NULL;
  return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo* list) { (void)list; }
