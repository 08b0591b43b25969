namespace Backend.Benchmarks;

/// <summary>What is compared does the same work: both sides give the same answer before either is measured.</summary>
static class Agreement
{
    public static void Check<T>(T plain, T store)
    {
        if (!EqualityComparer<T>.Default.Equals(plain, store))
            throw new InvalidOperationException($"Plain ADO.NET answers {plain}, the store {store}.");
    }

    public static void CheckAll<T>(IEnumerable<T> plain, IEnumerable<T> store)
    {
        if (!plain.SequenceEqual(store))
            throw new InvalidOperationException("Plain ADO.NET and the store do not give the same answer.");
    }

    public static void Check(UidSet plain, UidSet store) => Check(plain.ToString(), store.ToString());
}
