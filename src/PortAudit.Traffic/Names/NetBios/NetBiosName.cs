namespace PortAudit.Traffic.Names.NetBios;

/// <summary>A NetBIOS name as messages encode it: each half of its 16 bytes a letter from A to P, 32 letters with their number before them (RFC 1001 §14.1).</summary>
internal static class NetBiosName
{
    /// <summary>Length of the encoded name with the byte before it; a scope may follow.</summary>
    public const int EncodedLength = 33;

    /// <summary>Length of the name itself: 15 bytes filled with blanks, and one that tells what bears it.</summary>
    public const int Length = 16;

    private const byte LabelLength = 32;
    private const byte Pointer = 0xC0;
    private const byte Workstation = 0x00;
    private const byte FileServer = 0x20;

    /// <summary>Decodes the name with which <paramref name="bytes"/> begin, or to which a pointer there leads.</summary>
    /// <param name="message">From where pointers count; empty where there are none.</param>
    /// <param name="bytes">The name and what follows.</param>
    /// <param name="name">Takes <see cref="Length"/> bytes.</param>
    public static bool TryDecode(ReadOnlySpan<byte> message, ReadOnlySpan<byte> bytes, Span<byte> name)
    {
        if (bytes.Length >= 2 && bytes[0] >= Pointer)
        {
            var target = ((bytes[0] & 0x3F) << 8) | bytes[1];
            bytes = message[Math.Min(target, message.Length)..];
        }

        if (bytes.Length < EncodedLength || bytes[0] != LabelLength)
            return false;
        for (var i = 0; i < Length; i++)
        {
            var (high, low) = (bytes[1 + (i * 2)] - 'A', bytes[2 + (i * 2)] - 'A');
            if (high is < 0 or > 15 || low is < 0 or > 15)
                return false;
            name[i] = (byte)((high << 4) | low);
        }

        return true;
    }

    /// <summary>
    /// The part of a name that a computer bears: with the suffixes of workstation and file server it is the computer's own, while the others are of users, domains
    /// and services ([MS-NBTE] 1.8.1). Empty for those, and for the wild cards that begin with an asterisk.
    /// </summary>
    public static ReadOnlySpan<byte> OfComputer(ReadOnlySpan<byte> name)
    {
        if (name.Length != Length || name[^1] is not (Workstation or FileServer) || name[0] == (byte)'*')
            return default;
        var text = name[..^1];
        var end = text.IndexOf((byte)0);
        return (end < 0 ? text : text[..end]).TrimEnd((byte)' ');
    }
}
