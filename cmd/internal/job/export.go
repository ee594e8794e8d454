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

// DefaultName is the name of the file that a certificate is exported to: the official
// viewer's form of it, with the time of the export in Japan.
func (c *Certificate) DefaultName(now time.Time) string {
	prefixes := map[Kind]string{SignCert: "CertUserSign", AuthCert: "CertUserAuth", SignCA: "CertCASign", AuthCA: "CertCAAuth", Other: "Cert"}
	return prefixes[c.Kind] + now.UTC().Add(9*time.Hour).Format("20060102150405") + ".cer"
}

// ExportCertificate writes c and returns the path of the file.
func ExportCertificate(c *Certificate, e Export) (string, error) {
	data := c.DER
	if e.PEM {
		data = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER})
	}
	path := e.Output
	if path == "" {
		path = c.DefaultName(time.Now())
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
