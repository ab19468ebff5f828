using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>The certificates of x509.log, by fingerprint and by identifier of the file, within a limit.</summary>
internal sealed class ZeekCertificates
{
    /// <summary>Certificates kept: with usual names some 200 MB.</summary>
    public const int Maximum = 200_000;

    private readonly Dictionary<string, TlsCertificate> _known = new(StringComparer.Ordinal);

    /// <summary>Certificates beyond the limit.</summary>
    public long NotKept { get; private set; }

    /// <summary>Adds a row. A certificate seen again is the same.</summary>
    public void Add(ZeekRow row)
    {
        var name = row.Text(row.Has(ZeekField.Fingerprint) ? ZeekField.Fingerprint : ZeekField.Id);
        if (name is null or { Length: > LogOrigin.MaximumIdentifier } || _known.ContainsKey(name))
            return;
        if (_known.Count == Maximum)
            NotKept++;
        else
            _known.Add(name, ZeekTls.CertificateOf(row));
    }

    /// <summary>The certificate of a name; null when it was not seen.</summary>
    public TlsCertificate? Find(string name) => _known.GetValueOrDefault(name);
}
