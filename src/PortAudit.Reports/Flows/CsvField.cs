using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>A text as a field of CSV in UTF-8, with the comma behind it.</summary>
internal readonly struct CsvField
{
    private readonly byte[] _bytes;

    /// <summary>Makes the field of a text.</summary>
    public CsvField(string text)
    {
        var bytes = Encoding.UTF8.GetBytes($"{CsvLine.Field(text)},");
        (Text, Length) = (text, bytes.Length);
        _bytes = [.. bytes, .. new byte[Math.Max(0, Vector128<byte>.Count - bytes.Length)]];
    }

    /// <summary>The text; null where there is no field.</summary>
    public string? Text { get; }

    /// <summary>Length of the field, in bytes.</summary>
    public int Length { get; }

    /// <summary>Writes the field. Most are no longer than a vector, which is copied whatever their length.</summary>
    /// <param name="room">Has room for the field and for a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(Span<byte> room)
    {
        if (Length <= Vector128<byte>.Count)
            Vector128.Create(_bytes).CopyTo(room);
        else
            _bytes.CopyTo(room);
    }
}
