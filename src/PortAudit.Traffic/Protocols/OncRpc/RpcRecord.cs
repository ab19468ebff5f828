using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>An ONC RPC message in a stream, viewed in place: one or more fragments with record marks (RFC 5531
/// §11).</summary>
internal readonly ref struct RpcRecord
{
    /// <summary>Length of a record mark, in bytes.</summary>
    public const int MarkLength = 4;

    /// <summary>Fragments read per record: programs send one, or split at a few thousand bytes.</summary>
    public const int MaximumFragments = 32;

    /// <summary>Longest fragment, in bytes: NFS transfers up to 1 MiB, more has been seen (RFC 5531 §11 allows 2
    /// GiB).</summary>
    public const int MaximumFragmentLength = 16 * 1024 * 1024;

    private const uint LastFragment = 0x8000_0000;

    private readonly ReadOnlySpan<byte> _bytes;

    private RpcRecord(ReadOnlySpan<byte> bytes, int totalLength, int fragments, bool hasLast)
    {
        _bytes = bytes;
        TotalLength = totalLength;
        FragmentCount = fragments;
        IsWhole = hasLast && bytes.Length == totalLength;
    }

    /// <summary>True when <paramref name="stream"/> begins with a record mark of a fragment long enough for a message.
    /// The record may be cut; excludes what follows. An impossible fragment length, or more than
    /// <see cref="MaximumFragments"/>, is <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> stream, out RpcRecord record, out ParseError error)
    {
        record = default;
        error = ParseError.Incomplete;
        if (stream.Length < MarkLength)
            return false;
        error = ParseError.BadLength;
        if (LengthAt(stream, 0) < RpcMessage.LeastReplyLength)
            return false;
        var (end, fragments, hasLast) = (0, 0, false);
        while (!hasLast && end + MarkLength <= stream.Length)
        {
            var length = LengthAt(stream, end);
            if (length > MaximumFragmentLength || ++fragments > MaximumFragments)
                return false;
            hasLast = (BinaryPrimitives.ReadUInt32BigEndian(stream[end..]) & LastFragment) != 0;
            end += MarkLength + length;
        }

        record = new RpcRecord(stream[..Math.Min(stream.Length, end)], end, fragments, hasLast);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the known fragments including marks, in bytes.</summary>
    public int TotalLength { get; }

    /// <summary>Number of known fragments.</summary>
    public int FragmentCount { get; }

    /// <summary>True when the last fragment is known and all bytes are present.</summary>
    public bool IsWhole { get; }

    /// <summary>The present bytes of the first fragment.</summary>
    public ReadOnlySpan<byte> First =>
        _bytes.Slice(MarkLength, Math.Min(_bytes.Length - MarkLength, LengthAt(_bytes, 0)));

    /// <summary>Joins the present bytes of all fragments.</summary>
    /// <param name="message">At least <see cref="TotalLength"/> bytes.</param>
    /// <returns>The message.</returns>
    public int CopyTo(Span<byte> message)
    {
        var (at, length) = (0, 0);
        for (var i = 0; i < FragmentCount; i++)
        {
            var fragment = _bytes[(at + MarkLength)..];
            fragment = fragment[..Math.Min(fragment.Length, LengthAt(_bytes, at))];
            fragment.CopyTo(message[length..]);
            length += fragment.Length;
            at += MarkLength + fragment.Length;
        }

        return length;
    }

    private static int LengthAt(ReadOnlySpan<byte> bytes, int at) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) & ~LastFragment);
}
