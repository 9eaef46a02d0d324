// EntraideHTTP
