package job

import (
	"encoding/pem"
	"io"
	"time"
)

// Export is what [ExportCertificate] writes, and where.
type Export struct {
	Output string // a file, "-" for Stdout, or "" for the default name in the working folder
	PEM    bool
	Force  bool
	Stdout io.Writer
}

// DefaultName is the name of the file that a certificate of that kind is exported to: the
// official viewer's form of it, with the time of the export in Japan.
func DefaultName(kind Kind, now time.Time) string {
	prefixes := map[Kind]string{SignCert: "CertUserSign", AuthCert: "CertUserAuth", SignCA: "CertCASign", AuthCA: "CertCAAuth", Other: "Cert"}
	return prefixes[kind] + now.UTC().Add(9*time.Hour).Format("20060102150405") + ".cer"
}

// ExportCertificate writes c and returns the path of the file.
func ExportCertificate(c *Certificate, e Export) (string, error) {
	data := c.DER
	if e.PEM {
		data = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER})
	}
	path := e.Output
	if path == "" {
		path = DefaultName(c.Kind, time.Now())
	}
	return path, WriteFile(path, data, e.Force, e.Stdout)
}

// WriteFile writes a small file, or standard output.
func WriteFile(path string, data []byte, force bool, w io.Writer) error {
	if path == Stdio {
		_, err := w.Write(data)
		return writing(path, err)
	}
	out, err := NewOutput(path, force)
	if err != nil {
		return err
	}
	defer out.Abort()
	if _, err := out.Write(data); err != nil {
		return err
	}
	return out.Commit()
}

// CheckOutput tells why the file at path cannot be written, if so: what is to be known
// before a PIN is asked. Standard output, and a name not chosen yet, can.
func CheckOutput(path string, force bool) error {
	if path == "" || path == Stdio {
		return nil
	}
	_, err := NewOutput(path, force)
	return err
}
