// Plain reading, what everything else is measured against: read(2) in pieces of 1 MiB, and nothing done with them.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 2) {
    return 2;
  }
  const int file = ::open(argv[1], O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    std::perror(argv[1]);
    return 1;
  }
  std::vector<char> piece(std::size_t{1} << 20);
  std::size_t bytes = 0;
  ssize_t got = 0;
  while ((got = ::read(file, piece.data(), piece.size())) > 0) {
    bytes += static_cast<std::size_t>(got);
  }
  ::close(file);
  std::printf("%zu bytes\n", bytes);
  return got < 0 ? 1 : 0;
}
