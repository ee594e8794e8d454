package pcsc

// ReadHost, KindOfReader and DriverName are for the tests.
var (
	DriverName   = driverName
	ReadHost     = readHost
	KindOfReader = kindOfReader
)
