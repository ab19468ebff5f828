using PortAudit.Mutants;

namespace PortAudit.Fuzzing;

/// <summary>Small captures to begin with, cut out of larger ones: an input of a few packets is walked in a
/// millisecond.</summary>
internal static class Seeds
{
    /// <summary>Length of an input, in bytes.</summary>
    public const int MaximumLength = 8 * 1024;

    /// <summary>Pieces of one capture at most, spread over all of it.</summary>
    private const int MaximumPieces = 24;

    private static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true };

    /// <summary>The pieces of all captures.</summary>
    /// <param name="paths">Files, and directories of which every file is taken.</param>
    public static IEnumerable<byte[]> Of(IEnumerable<string> paths) => paths
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", Recursive) : [path])
        .Order(StringComparer.Ordinal)
        .SelectMany(path => PiecesOf(File.ReadAllBytes(path)));

    private static IEnumerable<byte[]> PiecesOf(byte[] capture)
    {
        // A file without a head before its records, as pcapng is, cannot be begun in the middle.
        if (RecordLayout.Of(capture) is not { HeadLength: > 0 and var head } layout)
            return [capture[..Math.Min(capture.Length, MaximumLength)]];
        var pieces = new List<byte[]>();
        var piece = new List<byte>(capture[..head]);
        foreach (var record in layout.Split(capture))
        {
            if (piece.Count + record.Length > MaximumLength && piece.Count > head)
            {
                pieces.Add([.. piece]);
                piece.RemoveRange(head, piece.Count - head);
            }

            if (head + record.Length <= MaximumLength)
                piece.AddRange(record);
        }

        pieces.Add([.. piece]);
        var step = 1 + (pieces.Count / MaximumPieces);
        return pieces.Where((_, place) => place % step == 0);
    }
}
