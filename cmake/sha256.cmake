# cmake "-DFILES=a|b" -DTO=folder -P sha256.cmake: writes folder/NAME.sha256 with the hash of each file, in hexadecimal.
string(REPLACE "|" ";" files "${FILES}")
foreach(file ${files})
  get_filename_component(name ${file} NAME)
  file(SHA256 ${file} hash)
  file(WRITE ${TO}/${name}.sha256 "${hash}")
endforeach()
