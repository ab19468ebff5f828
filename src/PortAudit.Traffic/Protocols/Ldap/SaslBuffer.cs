using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>Messages wrapped by a SASL security layer (RFC 4422 §3.7): a four-byte length, then for Kerberos a wrap
/// token, of RFC 4121 §4.2.6.2 or the older form of RFC 1964 §1.2.2 and RFC 4757 §7.3 in RFC 2743 §3.1
/// framing.</summary>
internal static class SaslBuffer
{
    /// <summary>Consecutive buffers that make a shape.</summary>
    public const int Enough = 2;

    private const int LengthPrefix = 4;
    private const int TokenHeaderLength = 16;

    /// <summary>Servers accept at most 64 KiB; Active Directory 10 MiB (<c>MaxReceiveBuffer</c>).</summary>
    private const int MaximumLength = 10 * 1024 * 1024;

    /// <summary>Token flags: sent by acceptor, sealed, acceptor subkey.</summary>
    private const int LastFlags = 7;

    private static ReadOnlySpan<byte> OldMechanism =>
        [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02, 0x02, 0x01];

    /// <summary>Flag of a token from the security context's acceptor, the server (RFC 4121 §4.2.2).</summary>
    private const byte ByAcceptor = 1;

    /// <summary>True when the server wrapped the stream's first message, false for the client; null when unknown, as in
    /// the older form.</summary>
    public static bool? IsOfServer(ReadOnlySpan<byte> stream) =>
        stream.Length >= LengthPrefix + TokenHeaderLength && stream[LengthPrefix..] is [0x05, 0x04, var flags, 0xFF, ..]
            ? (flags & ByAcceptor) != 0
            : null;

    /// <summary>Number of consecutive wrapped messages at a stream's start, up to <see cref="Enough"/>; -1 for other
    /// bytes.</summary>
    public static int CountInARow(ReadOnlySpan<byte> stream)
    {
        var count = 0;
        while (count < Enough && stream.Length >= LengthPrefix + TokenHeaderLength)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(stream);
            if (length is < TokenHeaderLength or > MaximumLength || !IsToken(stream[LengthPrefix..]))
                return -1;
            count++;
            stream = stream[(int)Math.Min(stream.Length, LengthPrefix + length)..];
        }

        return count;
    }

    private static bool IsToken(ReadOnlySpan<byte> token)
    {
        if (token is [0x05, 0x04, <= LastFlags, 0xFF, ..])
            return true;
        var start = token.Length > 1 && token[0] == 0x60 ? token[1] < 0x80 ? 2 : token[1] - 0x80 + 2 : -1;
        return start is >= 2 and <= 6 && token[start..].StartsWith(OldMechanism);
    }
}
