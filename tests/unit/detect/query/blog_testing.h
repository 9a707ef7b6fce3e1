#pragma once

namespace budgetcheck {

// Users with posts, posts with comments, users and tags many to many; and statements on them.
inline constexpr const char* kBlog = R"(
model User {
  id    Int    @id
  name  String
  posts Post[]
  tags  Tag[]
}
model Post {
  id       Int       @id
  authorId Int
  author   User      @relation(fields: [authorId], references: [id])
  comments Comment[]
}
model Comment {
  id     Int  @id
  postId Int
  post   Post @relation(fields: [postId], references: [id])
}
model Tag {
  id    Int    @id
  users User[]
}
)";
inline constexpr const char* kUsers = "SELECT id FROM \"User\" LIMIT $1";
inline constexpr const char* kPosts = "SELECT id FROM \"Post\" WHERE \"authorId\" = $1";

}  // namespace budgetcheck
