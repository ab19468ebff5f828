using System.Runtime.CompilerServices;
using PortAudit.Reports.Rows;

namespace PortAudit.Reports.Flows;

/// <summary>Makes texts of values, and keeps those that neighbouring rows have in common.</summary>
internal sealed class CsvTexts
{
    /// <summary>Texts whose fields are kept at most; one takes the place of another. Protocols, services, captures and tunnels are few, and what announced a port is another text for each flow.</summary>
    private const uint Places = 512;

    private readonly CsvField[] _fields = new CsvField[Places];

    /// <summary>Writes times.</summary>
    public TimeTexts Times { get; } = new();

    /// <summary>Writes addresses.</summary>
    public AddressTexts Addresses { get; } = new();

    /// <summary>The field of a text.</summary>
    /// <param name="text">Not empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly CsvField FieldOf(string text)
    {
        // Words are told apart well enough by their length and three of their letters.
        ref var field = ref _fields[(((uint)text.Length * 5) + (text[0] * 31u) + (text[text.Length / 2] * 7u) + (text[^1] * 17u)) % Places];
        if (!ReferenceEquals(field.Text, text))
            Keep(text, ref field);
        return ref field;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(string text, ref CsvField field)
    {
        if (field.Text != text)
            field = new CsvField(text);
    }
}
