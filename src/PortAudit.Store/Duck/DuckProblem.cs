using DuckDB.NET.Data;

namespace PortAudit.Store.Duck;

/// <summary>What a failure of DuckDB means to its user.</summary>
internal static class DuckProblem
{
    /// <summary>A clause.</summary>
    public static string Of(Exception failure)
    {
        if (failure is DllNotFoundException or TypeInitializationException)
            return "a store needs DuckDB's library (libduckdb.so, libduckdb.dylib or duckdb.dll) beside the program: "
                + "it is missing, or cannot be loaded";
        var text = failure.Message.Split('\n')[0].Trim();
        if (failure is not DuckDBException)
            return text;
        if (Has(text, "lock on file"))
            return "another program has the store open: one program may write to it, or any number read it";
        if (Has(text, "not a valid DuckDB database"))
            return "it is no store: DuckDB does not know it";
        if (Has(text, "Corrupt database file") || Has(text, "Could not read enough bytes"))
            return "it is damaged: a checksum differs, or its end is missing";
        if (Has(text, "No space left"))
            return "there is no space left where the store is; nothing of this import is kept";
        return text;
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
