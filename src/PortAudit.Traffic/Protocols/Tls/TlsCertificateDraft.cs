using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Traffic.Protocols.Tls.Certificates;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>A certificate being read from notes.</summary>
internal sealed class TlsCertificateDraft
{
    private const int TimesOffset = 1 + SHA256.HashSizeInBytes;

    private readonly ImmutableArray<string>.Builder _usages = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _dnsNames = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _addresses = ImmutableArray.CreateBuilder<string>();
    private readonly TlsCertificate _fixed;
    private readonly int _nameCount;
    private string _subject = "";
    private string _issuer = "";
    private string _serialNumber = "";

    /// <summary>Begins with the fixed <see cref="TlsCertificateNotes.FixedLength"/> bytes.</summary>
    public TlsCertificateDraft(ReadOnlySpan<byte> content)
    {
        Index = content[0];
        var rest = content[TimesOffset..];
        _nameCount = BinaryPrimitives.ReadUInt16BigEndian(rest[19..]);
        _fixed = new TlsCertificate
        {
            Subject = "",
            Issuer = "",
            SerialNumber = "",
            Sha256 = Convert.ToHexStringLower(content[1..TimesOffset]),
            NotBeforeSeconds = TimeOf(rest),
            NotAfterSeconds = TimeOf(rest[8..]),
            KeyUsages = KeyUsageText.Of(BinaryPrimitives.ReadUInt16BigEndian(rest[16..])),
            IsSelfSigned = rest[18] != 0,
        };
    }

    /// <summary>Index in the sender's list.</summary>
    public byte Index { get; }

    /// <summary>Sets one of its texts; ignores other notes.</summary>
    public void Take(TlsNote note, ReadOnlySpan<byte> content)
    {
        switch (note)
        {
            case TlsNote.Subject: _subject = Encoding.UTF8.GetString(content); break;
            case TlsNote.Issuer: _issuer = Encoding.UTF8.GetString(content); break;
            case TlsNote.SerialNumber: _serialNumber = Convert.ToHexStringLower(content); break;
            case TlsNote.ExtendedKeyUsage: _usages.Add(ExtendedKeyUsageText.Of(content)); break;
        }
    }

    /// <summary>Adds an alternative name: ASCII, or the bytes of an address.</summary>
    public void AddName(ReadOnlySpan<byte> name, bool isAddress)
    {
        if (!isAddress)
            _dnsNames.Add(Encoding.Latin1.GetString(name));
        else if (name.Length is 4 or 16)
            _addresses.Add((name.Length == 4 ? IpAddress.FromIpv4(name) : IpAddress.FromIpv6(name)).ToString());
    }

    public TlsCertificate Finish() => _fixed with
    {
        Subject = _subject,
        Issuer = _issuer,
        SerialNumber = _serialNumber,
        ExtendedKeyUsages = _usages.ToImmutable(),
        DnsNames = _dnsNames.ToImmutable(),
        Addresses = _addresses.ToImmutable(),
        NamesNotKept = Math.Max(0, _nameCount - _dnsNames.Count - _addresses.Count),
    };

    private static long? TimeOf(ReadOnlySpan<byte> bytes)
    {
        var seconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds()
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? null : seconds;
    }
}
