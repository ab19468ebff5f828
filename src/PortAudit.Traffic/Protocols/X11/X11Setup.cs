using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.X11;

/// <summary>The request that opens an X11 connection (X Window System Protocol, "Connection Setup"), viewed in
/// place.</summary>
internal readonly ref struct X11Setup
{
    /// <summary>Length of the fixed part, in bytes.</summary>
    public const int FixedLength = 12;

    /// <summary>Major version of the protocol.</summary>
    public const int Version = 11;

    /// <summary>Longest plausible authorisation protocol name: <c>MIT-MAGIC-COOKIE-1</c> has 18 characters.</summary>
    private const int MaximumName = 64;

    /// <summary>Longest plausible authorisation data: Kerberos tickets are the longest in use.</summary>
    private const int MaximumProof = 4096;

    private const byte BigEndian = (byte)'B';
    private const byte LittleEndian = (byte)'l';

    /// <summary>True when <paramref name="bytes"/> begin with the request, including the authorisation protocol's name.
    /// <see cref="ParseError.Incomplete"/> when they agree so far.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ParseError error)
    {
        error = ParseError.BadValue;
        if (bytes.Length >= 1 && bytes[0] is not (BigEndian or LittleEndian))
            return false;
        if (bytes.Length >= 2 && bytes[1] != 0)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength)
            return false;
        var isBig = bytes[0] == BigEndian;
        error = ParseError.BadVersion;
        if (Read(bytes[2..], isBig) != Version || Read(bytes[4..], isBig) != 0)
            return false;
        error = ParseError.BadLength;
        var nameLength = Read(bytes[6..], isBig);
        if (nameLength > MaximumName || Read(bytes[8..], isBig) > MaximumProof)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength + nameLength)
            return false;
        error = bytes.Slice(FixedLength, nameLength).ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)
            ? ParseError.BadValue
            : ParseError.None;
        return error == ParseError.None;
    }

    /// <summary>Reads two bytes in the connection's byte order.</summary>
    public static ushort Read(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
