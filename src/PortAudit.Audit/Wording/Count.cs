using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Numbers with their nouns, as sentences of the report need them.</summary>
internal static class Count
{
    /// <summary><c>1 flow</c>, <c>2 flows</c>.</summary>
    public static string Of(long number, string noun) => Of(number, noun, $"{noun}s");

    /// <summary><c>1 address</c>, <c>2 addresses</c>.</summary>
    public static string Of(long number, string noun, string plural) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? noun : plural)}");
}
