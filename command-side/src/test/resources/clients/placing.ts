import { Configuration, OrderingApi } from './typescript-fetch';

declare const process: { argv: string[] };

// Places orders of one piece and prints what each costs: URL, token, and for each order its key, its product and the price.
const [basePath, accessToken, ...orders] = process.argv.slice(2);
const ordering = new OrderingApi(new Configuration({ basePath, accessToken }));

async function place(): Promise<void> {
  for (let i = 0; i < orders.length; i += 3) {
    const [version, productId, price] = orders.slice(i, i + 3);
    const items = [{ productId, quantity: 1, expectedPrice: Number(price), priceVersion: 1 }];
    const order = await ordering.placeOrder({ placeOrderRequest: { version, items } });
    console.log(order.totalAmount);
  }
}

place();
