using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A NetBIOS name on the wire: 16 bytes as 32 letters A to P in one label, then the labels of the scope (RFC
/// 1001 §14.1, RFC 1002 §4.1).</summary>
internal static class NetBiosName
{
    /// <summary>Length of the name: 15 bytes, padded with blanks, and a suffix for the kind of owner.</summary>
    public const int Length = 16;

    /// <summary>Length of the encoded label with its length byte; a scope may follow.</summary>
    public const int EncodedLength = 1 + NetBiosLetters.LabelLength;

    /// <summary>Length of a name without scope: length byte, label, terminator.</summary>
    public const int LengthWithoutScope = EncodedLength + 1;

    /// <summary>Longest name, including length bytes: DNS's limit (RFC 1001 §14.1).</summary>
    public const int MaximumLength = 255;

    private const byte LastLabelLength = 63;
    private const byte Pointer = 0xC0;
    private const byte Workstation = 0x00;
    private const byte FileServer = 0x20;

    /// <summary>Length of the name, including the terminator. <see cref="ParseError.Incomplete"/> when the bytes agree
    /// so far.</summary>
    public static ParseError Measure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        var label = bytes[1..Math.Min(bytes.Length, EncodedLength)];
        if (bytes[0] != NetBiosLetters.LabelLength || NetBiosLetters.DamagedIn(label) > NetBiosLetters.MaximumDamaged)
            return ParseError.BadValue;
        var end = EncodedLength;
        while (end < MaximumLength)
        {
            if (end >= bytes.Length)
                return ParseError.Incomplete;
            if (bytes[end] == 0)
            {
                length = end + 1;
                return ParseError.None;
            }

            if (bytes[end] > LastLabelLength)
                return ParseError.BadValue;
            end += 1 + bytes[end];
        }

        return ParseError.BadLength;
    }

    /// <summary>Decodes a name, or the one that a pointer refers to. False when a letter is invalid.</summary>
    /// <param name="message">Base of pointers; empty without any.</param>
    /// <param name="bytes">The name and what follows.</param>
    /// <param name="name">Receives <see cref="Length"/> bytes.</param>
    public static bool TryDecode(ReadOnlySpan<byte> message, ReadOnlySpan<byte> bytes, Span<byte> name)
    {
        if (bytes.Length >= 2 && bytes[0] >= Pointer)
        {
            var target = ((bytes[0] & 0x3F) << 8) | bytes[1];
            bytes = message[Math.Min(target, message.Length)..];
        }

        if (bytes.Length < EncodedLength || bytes[0] != NetBiosLetters.LabelLength
            || NetBiosLetters.DamagedIn(bytes[1..EncodedLength]) > 0)
            return false;
        for (var i = 0; i < Length; i++)
            name[i] = (byte)(((bytes[1 + (i * 2)] - 'A') << 4) | (bytes[2 + (i * 2)] - 'A'));
        return true;
    }

    /// <summary>The computer's name, for the suffixes of workstation and file server; other suffixes are of users,
    /// domains and services ([MS-NBTE] 1.8.1). Empty for those, and for wildcards that begin with an
    /// asterisk.</summary>
    public static ReadOnlySpan<byte> OfComputer(ReadOnlySpan<byte> name)
    {
        if (name.Length != Length || name[^1] is not (Workstation or FileServer) || name[0] == (byte)'*')
            return default;
        var text = name[..^1];
        var end = text.IndexOf((byte)0);
        return (end < 0 ? text : text[..end]).TrimEnd((byte)' ');
    }
}
