#pragma once

namespace budgetcheck {

/// An open file of the operating system, closed with the object.
class Descriptor {
 public:
  Descriptor() = default;
  /// Takes `number` over; a negative one is a file that could not be opened.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }
  /// False when the operating system reports a failed write only now.
  bool close();

 private:
  int number_ = -1;
};

}  // namespace budgetcheck
