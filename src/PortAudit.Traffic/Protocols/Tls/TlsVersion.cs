using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>SSL and TLS versions in hellos (RFC 8446 §4.1.2 and Appendix D).</summary>
internal static class TlsVersion
{
    /// <summary>First byte of all versions since SSL 3.0.</summary>
    public const byte Major = 3;

    /// <summary>SSL 3.0 (RFC 6101), the oldest with records.</summary>
    public const ushort Ssl3 = 0x0300;

    /// <summary>TLS 1.3, which encrypts everything after the server's hello.</summary>
    public const ushort Tls13 = 0x0304;

    /// <summary>SSL 2.0, as in <see cref="PortAudit.Traffic.Records.TlsHandshake.Version"/>.</summary>
    public const ushort Ssl2 = 0x0200;

    /// <summary>First byte of TLS 1.3 draft versions; the second is the draft's number.</summary>
    public const byte DraftMajor = 0x7F;

    /// <summary>True for TLS 1.3 and its drafts (<c>0x7F</c> and the draft's number).</summary>
    public static bool HidesHandshake(ushort version) => version is >= Tls13 and < 0x0400 || version >> 8 == DraftMajor;

    /// <summary>The highest version in a client's <c>supported_versions</c> (RFC 8446 §4.2.1), excluding GREASE; 0
    /// without any.</summary>
    public static ushort HighestOf(ReadOnlySpan<byte> offered)
    {
        ushort highest = 0;
        for (var i = 1; i + 1 < offered.Length; i += 2)
        {
            var version = BinaryPrimitives.ReadUInt16BigEndian(offered[i..]);
            if (offered[i] == Major && version > highest)
                highest = version;
        }

        return highest;
    }

    /// <summary>The version in a server's <c>supported_versions</c> (RFC 8446 §4.2.1); 0 without one.</summary>
    public static ushort SelectedBy(ReadOnlySpan<byte> selected) =>
        selected.Length == sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(selected) : (ushort)0;
}
